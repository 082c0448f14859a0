${1 == 1} ${1 != 2} ${1 lt 2} ${2 lte 2} ${1 gt 2} ${2 gte 3} ${1 == 2 || 1 == 3 || 1 == 1} ${go.lt(1.5, 2.5)} ${go.len("é") == 2} ${true == true} ${true != false}
<#assign d = go.json(getv("/json/object"))>
${go.eq(d.port, 80.0)} ${go.eq(d.host, "db")} ${go.lt(d.port, 100.0)} ${go.eq(d.yes, true)} ${go.eq(d.host, d.host)}
