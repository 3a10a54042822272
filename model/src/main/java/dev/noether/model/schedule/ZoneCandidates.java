package dev.noether.model.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The time zones that a history can tell apart: those whose clocks change while it lasts. Zones whose clocks change at
 * the same instants by as much fit it equally well; one of them stands for all.
 */
final class ZoneCandidates {
    /** The zone of histories that show no other one. */
    static final String DEFAULT = "UTC";

    /** More are not tried. */
    private static final int MOST = 6;

    /** Zones that stand for those with the same changes, in this order. */
    private static final List<String> FIRST = List.of(
            "Europe/Berlin",
            "America/New_York",
            "America/Chicago",
            "America/Denver",
            "America/Los_Angeles",
            "America/Halifax",
            "Australia/Sydney",
            "Pacific/Auckland",
            "America/Santiago",
            "Asia/Jerusalem",
            "Africa/Cairo");

    private ZoneCandidates() {}

    /** The zones, without UTC; empty if no clock on earth changes between the first row and the last. */
    static List<String> of(List<ScheduleSeries> series) {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (ScheduleSeries one : series) {
            if (one.count() > 0) {
                first = Math.min(first, one.times()[0]);
                last = Math.max(last, one.times()[one.count() - 1]);
            }
        }
        return first < last ? of(Instant.ofEpochMilli(first), Instant.ofEpochMilli(last)) : List.of();
    }

    static List<String> of(Instant first, Instant last) {
        List<String> all = new ArrayList<>(FIRST);
        all.addAll(new TreeSet<>(ZoneId.getAvailableZoneIds()));
        List<String> zones = new ArrayList<>();
        Set<String> known = new HashSet<>(Set.of(""));
        for (String zone : all) {
            if (zones.size() < MOST && known.add(changes(ZoneId.of(zone).getRules(), first, last))) {
                zones.add(zone);
            }
        }
        return zones;
    }

    /** The changes of a zone's clocks: the instants, and the seconds by which they are put forward. */
    private static String changes(ZoneRules rules, Instant first, Instant last) {
        StringBuilder changes = new StringBuilder();
        @Nullable ZoneOffsetTransition next = rules.nextTransition(first);
        while (next != null && next.getInstant().isBefore(last)) {
            changes.append(next.getInstant().getEpochSecond())
                    .append(' ')
                    .append(next.getDuration().getSeconds())
                    .append(' ');
            next = rules.nextTransition(next.getInstant());
        }
        return changes.toString();
    }
}
