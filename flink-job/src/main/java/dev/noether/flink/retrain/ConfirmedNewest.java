package dev.noether.flink.retrain;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The newest event time of many entities that a quarter of them confirm: times that are further ahead by more than
 * {@value #SLACK_MILLIS} ms are those of a wrong clock. With one or two entities it is the newest time. Not thread safe.
 */
final class ConfirmedNewest {
    private static final long SLACK_MILLIS = 600_000;

    private final Map<String, Long> newest = new HashMap<>();

    void add(String entity, long time) {
        newest.merge(entity, time, Math::max);
    }

    /** Returns the newest time; empty without an observation. */
    OptionalLong time() {
        if (newest.isEmpty()) {
            return OptionalLong.empty();
        }
        long[] times = newest.values().stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(times);
        int confirming = times.length < 3 ? 1 : 1 + Math.max(1, times.length / 4);
        long limit = times[times.length - confirming] + SLACK_MILLIS;
        return Arrays.stream(times).filter(time -> time <= limit).max();
    }
}
