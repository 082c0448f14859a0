<#-- endpoints() lets nothing through that would have to be quoted in JSON. -->
<#assign servers = endpoints("/app/upstream/*")>
<#if !servers?has_content>
<#assign servers = endpoints("/app/upstream/*", "fail")>
</#if>
{
  "servers": [
<#list servers as server>
    {"name": "${server.name}", "address": "${server}"}<#sep>,</#sep>
</#list>
  ]
}
