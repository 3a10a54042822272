package dev.noether.cli.demo;

import dev.noether.cli.tail.IncidentLine;
import dev.noether.cli.tail.Paint;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Chooses what to tell of the incidents while they happen: when one opens, and when it is over. The members of an
 * outbreak are told by the outbreak. When many come at once, only their number is told. Not thread safe.
 */
final class IncidentNews {
    private static final int BURST = 8;
    private static final long NANOS_OF_LINE = 2_000_000_000L;

    private final Paint paint;
    private final Set<String> told = new HashSet<>();
    private double allowed = BURST;
    private long last;
    private int untold;

    /**
     * Makes an empty list.
     *
     * @param now present time, nanoseconds
     */
    IncidentNews(Paint paint, long now) {
        this.paint = paint;
        this.last = now;
    }

    /** Returns the lines to show for one more record of the topic; often none. */
    List<String> of(Incident incident, long now) {
        if (!isWorthTelling(incident)) {
            return List.of();
        }
        allowed = Math.min(BURST, allowed + (double) (now - last) / NANOS_OF_LINE);
        last = now;
        if (allowed < 1) {
            untold += incident.state() == IncidentState.OPENED ? 1 : 0;
            return List.of();
        }
        allowed--;
        told.add(incident.id());
        List<String> lines = rest();
        lines.add(IncidentLine.of(incident, paint));
        return lines;
    }

    /** Returns the line on the incidents that were not told yet, if there are any. */
    List<String> rest() {
        List<String> lines = new ArrayList<>();
        if (untold > 0) {
            lines.add("… and " + untold + (untold == 1 ? " more incident" : " more incidents"));
            untold = 0;
        }
        return lines;
    }

    private boolean isWorthTelling(Incident incident) {
        boolean isQuiet = incident.group().id() != null || incident.suppressed() != null;
        return switch (incident.state()) {
            case OPENED -> !isQuiet;
            case UPDATED -> false;
            case RESOLVED -> told.contains(incident.id());
        };
    }
}
