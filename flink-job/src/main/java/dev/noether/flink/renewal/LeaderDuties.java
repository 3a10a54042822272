package dev.noether.flink.renewal;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.DriftPolicy;
import java.util.ArrayList;
import java.util.List;

/** What the leader of a detector watches, by its configuration. */
public final class LeaderDuties {
    private LeaderDuties() {}

    /** Returns the duties of a detector's leader. */
    public static List<LeaderDuty> of(DetectorConfig config) {
        List<LeaderDuty> duties = new ArrayList<>();
        if (config.retraining().schedule().drift() != DriftPolicy.OFF) {
            duties.add(DriftDuty.of(config));
        }
        if (config.retraining().schedule().shadow().isOn()) {
            duties.add(ShadowDuty.of(config));
        }
        if (!config.retraining().schedule().probation().isZero()) {
            duties.add(new ProbationWatch(config));
        }
        return duties;
    }
}
