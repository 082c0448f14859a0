<#assign d = go.json(getv("/json/object"))>
${go.index(d.users, 1)} ${go.index(d.host, 0)} ${go.len(d.host)} ${go.len(d.users)}