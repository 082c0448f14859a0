server ${getv("/app/name")} weight=${add(1, 2)};
${getv("/app/name")} ${getv("/" + base("/x/app") + "/" + toLower("NAME"))} <#assign k = "/app/name">${getv(k)}
${toUpper(getv("/app/name") + "-" + getv("/app/name"))} a quoted
