<#assign data = go.json(getv("/json/object"))>

<#if go.truth(data)>
<#if go.truth(data.host)>
  host = ${data.host}
</#if>
  port = ${data.port}
</#if>
<#list go.json(getv("/json/object")).users as i, user>

user ${i}: ${user.name}<#if go.truth(user.admin)> (admin)</#if>
</#list>
