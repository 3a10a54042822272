package dev.noether.incident.outbreak;

import dev.noether.incident.report.CauseBytes;
import dev.noether.schemas.Cause;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The leading features of the members of an outbreak: each with its largest deviation and the number of members that it
 * led. Not thread safe.
 */
final class LeadingFeatures {
    private final Map<String, Cause> causes = new HashMap<>();
    private final Map<String, Integer> memberCounts = new HashMap<>();

    /** Adds the leading feature of a member. */
    void add(Cause cause) {
        memberCounts.merge(cause.feature(), 1, Integer::sum);
        causes.merge(cause.feature(), cause, (a, b) -> Math.abs(a.deviation()) >= Math.abs(b.deviation()) ? a : b);
    }

    /** Returns the features, those that lead most members first. */
    List<Cause> ranked(int maxCount) {
        return causes.values().stream()
                .sorted(Comparator.comparingInt((Cause cause) -> -memberCounts.getOrDefault(cause.feature(), 0))
                        .thenComparing(Cause::feature))
                .limit(maxCount)
                .toList();
    }

    void write(DataOutput target) throws IOException {
        target.writeInt(causes.size());
        for (Cause cause : causes.values()) {
            CauseBytes.write(cause, target);
            target.writeInt(memberCounts.getOrDefault(cause.feature(), 0));
        }
    }

    /** Adds the features that {@link #write} wrote. */
    void read(DataInput source) throws IOException {
        int count = source.readInt();
        for (int i = 0; i < count; i++) {
            Cause cause = CauseBytes.read(source);
            causes.put(cause.feature(), cause);
            memberCounts.put(cause.feature(), source.readInt());
        }
    }
}
