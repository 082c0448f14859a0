<#list endpoints("/upstream/*") as server>
server ${server};
</#list>
