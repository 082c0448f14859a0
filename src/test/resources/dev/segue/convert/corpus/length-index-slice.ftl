${go.len("héllo")} ${getvs("/app/upstream/*")?size} ${go.len(go.json(getv("/json/object")))} ${go.len(go.jsonArray(getv("/json/array")))}
${split("a:b:c", ":")[1]} ${go.index("abc", 1)} ${go.slice("abcdef", 1, 3)} ${go.slice("abc", 1)} ${go.slice(split("a:b:c", ":"), 1)} <#assign l = split("x,y", ",")>${l[0]} ${l?size} ${go.print(gets("/app/upstream/*")[0])}
