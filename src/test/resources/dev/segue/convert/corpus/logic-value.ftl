${(getv("/empty") != "")?then(getv("/empty"), "otherwise")} ${(getv("/app/name") != "")?then("second", getv("/app/name"))} ${(getv("/empty") != "")?then(getv("/empty"), getvs("/none/*")?has_content?then(go.value(getvs("/none/*")), 3))} ${(1 != 0)?then((0 != 0)?then(2, 0), 1)} ${1 == 0} ${false || true} ${true && exists("/no")}
<#assign x = (getv("/app/name") != "")?then(getv("/app/name"), getv("/none"))>
${x} <#assign y = (getv("/empty") != "")?then(getv("/none"), getv("/empty"))>${y}. ${go.truth(go.json("{}"))?then(go.json("{}"), "no")} <#assign z = false?then(go.nil(), "nothing")>${z}
