double " \ 	 é é ${r"${x}"} raw "quoted" \n ${r"${y}"} ${toUpper("a\tb\"c$\{d}")}
${getv("/none", "a\nb")}
