<#assign d = go.json(getv("/json/object"))>
${add(d.port, 1)}