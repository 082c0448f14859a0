${go.html("<a href=\"x\">&'")} ${go.js("it's \"<b>\" & = \n")} ${go.urlquery("a b&c=d/é")} ${go.html(getv("/weird"))} ${go.js(getv("/weird"))} ${go.urlquery(getv("/weird"))} ${go.html(1, 2)} ${go.html(go.nil())}
${go.printf("%q %+q %#q %x", getv("/weird"), getv("/weird"), getv("/app/name"), getv("/weird"))}
