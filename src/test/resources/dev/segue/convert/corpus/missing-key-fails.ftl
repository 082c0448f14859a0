before
${getv("/not/there")}
after
