<#assign d = go.json(getv("/json/object"))>
${getv(d.host)}