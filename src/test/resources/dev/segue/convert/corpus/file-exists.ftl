${fileExists("/")} <#if fileExists("/no/such/file")>x<#else>none</#if>
