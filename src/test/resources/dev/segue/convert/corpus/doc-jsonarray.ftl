<#list go.jsonArray(getv("/json/array")) as item>

value: ${item}
</#list>

