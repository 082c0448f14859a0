<#assign d = go.json(getv("/json/object"))>
<#assign x = go.value(d.nothing)>
${x} ${x.more} <#assign y = go.value(d.nothing)>${y.more} ${go.value(d.nothing).more} <#assign z = x>${z.more}
