<#if exists("/app/name")>

value: ${getv("/app/name")}
</#if>


<#if exists("/no/such/key")>

# not this
<#else>

# but this
</#if>

