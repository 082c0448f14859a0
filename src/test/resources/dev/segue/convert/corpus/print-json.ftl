<#assign d = go.json(getv("/json/object"))>
${d}
${d.port} ${d.big} ${d.small} ${d.price} ${d.missing} ${d.nothing} ${d.yes} ${d.users} ${d.nested.deep.er}
${d.missing.more} ${d.port} ${d.no} ${go.index(d.users, 0)} ${go.index(d.users, 0).name} ${go.index(d, "nested", "deep")}
