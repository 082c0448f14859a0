${go.print("a", 1, 2, "b", 3, true)}  ${go.print("a", go.nil())} ${go.println("a", 1)}${go.print(1, 2)} ${getv("/app/name")}-x
${go.printf("%s:%d %v %v %t %q", "a", 1, 2, "b", true, "c\"d")} ${go.printf("%05d|%-5s|%5s|%x|%X|%.2f", 42, "ab", "cd", 255, "hi", 3.14159)}
50% ${go.printf("%s", 5)} ${go.printf("%d", "x")} ${go.printf("%s %s", "a")} ${go.printf("a", "b")} ${go.printf("%v", go.json(getv("/json/object")))}
${go.printf("%v %s %d", get("/app/name"), getvs("/app/upstream/*"), seq(1, 2))} ${go.printf("%6.2f|%e|%g|%+d|% d|%c|%U|%#x|%o|%b", 2.5, 1234.5, 0.000001, 5, 5, 65, 65, 255, 8, 5)}
