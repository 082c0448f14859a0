${toUpper(getv("/weird"))} ${toLower(getv("/weird"))} ${toUpper("straße ǆ")} ${contains(getv("/weird"), "a")} ${trimSuffix(getv("/weird"), "z")} ${base64Encode(getv("/weird"))}
