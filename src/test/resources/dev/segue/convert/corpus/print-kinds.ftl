text 1 -1 ${go.print(1.5)} 31 1000 97 true ${go.print(3.0)} ${go.print(1000.0)} ${go.print(100000000.0)} ${go.print(0.00001)}
${go.print(get("/app/name"))} ${go.print(gets("/app/upstream/*"))} ${go.print(getvs("/app/upstream/*"))} ${go.print(seq(1, 3))} ${exists("/app/name")}
<no value> <no value> <no value> <no value>
