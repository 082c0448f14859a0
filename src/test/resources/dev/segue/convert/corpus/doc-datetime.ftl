# generated ${go.format(datetime(), "Jan 2, 2006 at 3:04pm (MST)")}
# ${go.format(datetime(), "2006-01-02T15:04:05.000Z07:00")} ${go.format(datetime(), "Mon _2 January 06 002")} ${(datetime()?long / 1000)?floor}
