	upstream {
	
<#list getvs("/app/upstream/*") as value>
		server ${value};
	
</#list>
	}
