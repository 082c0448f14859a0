export HOSTNAME=${getenv("SET")}
export OTHER=${getenv("UNSET", "otherwise")} ${getenv("EMPTY", "full")}${getenv("EMPTY")}
