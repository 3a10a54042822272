package dev.noether.lab.chaos;

import dev.noether.lab.chaos.fault.FaultKind;
import dev.noether.lab.chaos.load.LoadOptions;
import dev.noether.lab.chaos.service.ServiceSettings;
import java.util.List;

/**
 * What a run with faults does.
 *
 * @param faults number of faults
 * @param kinds the kinds to draw from
 * @param seed seed of the faults
 * @param load the steady load
 * @param settings settings of the services
 * @param replays whether the scores are compared with an undisturbed run
 */
public record ChaosOptions(
        int faults, List<FaultKind> kinds, long seed, LoadOptions load, ServiceSettings settings, boolean replays) {
    public ChaosOptions {
        kinds = List.copyOf(kinds);
        if (faults < 0 || faults > 10_000) {
            throw new IllegalArgumentException("--kills must be in [0, 10000] (got " + faults + ")");
        }
        if (kinds.isEmpty()) {
            throw new IllegalArgumentException("--only must name at least one kind of fault");
        }
    }
}
