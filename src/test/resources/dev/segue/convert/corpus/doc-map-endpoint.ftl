<#assign endpoint = go.map("name", "elasticsearch", "private_port", 9200, "public_port", 443)>

name: ${endpoint.name}
private-port: ${endpoint.private_port}
public-port: ${endpoint.public_port}
