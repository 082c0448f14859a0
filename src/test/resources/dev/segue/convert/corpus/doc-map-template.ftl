<#macro app data>

listen: ${data.listen}
to: ${data.to}, ${data.note}
</#macro>

<@app go.map("listen", 80, "to", getv("/app/name"))/><#nt>
<@app go.map("listen", getv("/app/port", "8080"), "to", "b", "note", "hand-made")/><#nt>
