<#macro server value>server ${value};</#macro>

<#macro block value>

  block of ${value}
</#macro>


upstream {
  <@server "a"/><#nt>
  <@block getv("/app/name")/><#nt>
<@server "b"/><#nt>
}
