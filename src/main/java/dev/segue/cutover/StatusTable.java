package dev.segue.cutover;

import dev.segue.cutover.Acknowledgement.Resource;
import dev.segue.settings.Membership;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What members say, as a table for people: a line for each resource of each member. */
final class StatusTable {
    private static final List<String> HEAD =
            List.of("GROUP", "MEMBER", "RESOURCE", "STATE", "REVISION", "SINCE", "REASON");
    private static final String GAP = "  ";
    private static final long SECONDS_PER_MINUTE = 60;
    private static final long MINUTES_PER_HOUR = 60;
    private static final long HOURS_PER_DAY = 24;

    private StatusTable() {}

    /** Lines without an end; the last column is as long as it is. */
    static List<String> of(Map<Membership, Member> members, Instant now) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        members.forEach((name, member) -> rows.addAll(rows(name, member, now)));
        int[] widths = new int[HEAD.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static List<List<String>> rows(Membership name, Member member, Instant now) {
        if (member.acknowledgement().isEmpty()) {
            String problem = member.problem().orElse("");
            return List.of(List.of(name.group(), name.member(), "-", "unknown", "-", "-", problem));
        }
        List<List<String>> rows = new ArrayList<>();
        for (Resource resource : member.acknowledgement().get().resources()) {
            rows.add(List.of(
                    name.group(),
                    name.member(),
                    resource.name(),
                    state(resource),
                    String.valueOf(resource.revision()),
                    age(Duration.between(resource.since(), now)),
                    resource.reason().orElse("")));
        }
        return rows.isEmpty() ? List.of(List.of(name.group(), name.member(), "-", "starting", "-", "-", "")) : rows;
    }

    private static String state(Resource resource) {
        if (!resource.isApplied()) {
            return resource.state();
        }
        return switch (resource.settlement()) {
            case OLD_ACCEPT -> "settling";
            case SETTLED -> "draining";
            case DRAINED -> resource.state();
        };
    }

    /** The two greatest units at most: {@code 2d 3h}; never negative. */
    static String age(Duration age) {
        long seconds = Math.max(0, age.toSeconds());
        long minutes = seconds / SECONDS_PER_MINUTE;
        long hours = minutes / MINUTES_PER_HOUR;
        long days = hours / HOURS_PER_DAY;
        if (days > 0) {
            return days + "d " + hours % HOURS_PER_DAY + "h";
        } else if (hours > 0) {
            return hours + "h " + minutes % MINUTES_PER_HOUR + "m";
        }
        return minutes > 0 ? minutes + "m " + seconds % SECONDS_PER_MINUTE + "s" : seconds + "s";
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(row.get(i))
                    .append(" ".repeat(widths[i] - row.get(i).length()))
                    .append(GAP);
        }
        return line.toString().stripTrailing();
    }
}
