<#assign d = go.json(getv("/json/object"))>
${go.eq(d.port, 80)}