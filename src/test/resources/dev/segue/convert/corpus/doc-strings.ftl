${toUpper("key")} ${toLower("KEY")} ${replace(getv("/app/name"), "a", "_", -1)} ${contains(getv("/app/name"), "a")}
${trimSuffix(getv("/app/name"), "p")} ${base64Encode(getv("/app/name"))} ${base64Decode("VmFsdWU=")} ${join(getvs("/app/upstream/*"), ",")}
<#if contains(getv("/app/db/url"), "db")>has it<#else>has it not</#if>
