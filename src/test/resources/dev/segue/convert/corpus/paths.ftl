${base("/a/b/")} ${dir("/a/b/")} ${base("")} ${dir("")} ${base("/")} ${dir("a")} ${base(getv("/path"))} ${dir(getv("/path"))}
