<#if getv("/app/name") == "app">is app</#if> <#if getv("/app/name") != "app">is not</#if> <#if getv("/app/name") == "x" || getv("/app/name") == "y" || getv("/app/name") == "app">one of</#if>
${"a" == "a"} ${go.lt("a", "b")} ${go.le("b", "a")} ${go.gt("é", "z")} ${go.ge("", "")} ${getv("/control") == "on"} <#if getv("/control") == "on">on</#if>
