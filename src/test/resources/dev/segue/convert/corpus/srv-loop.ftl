<#list lookupSRV("http", "tcp", "app.test") as s><#if s?index != 0>,</#if>${s.target}:${s.port}<#if s.port == 80>!</#if></#list> a:${lookupSRV("http", "tcp", "app.test")[0].port}
