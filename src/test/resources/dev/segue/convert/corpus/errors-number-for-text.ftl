<#assign d = go.json(getv("/json/object"))>
${toUpper(d.port)}