<#assign d = go.json(getv("/json/object"))>
${d.nothing.more}