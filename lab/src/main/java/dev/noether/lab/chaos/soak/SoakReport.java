package dev.noether.lab.chaos.soak;

import dev.noether.lab.bench.MachineDescription;
import dev.noether.lab.chaos.audit.DeliveryCheck;
import dev.noether.lab.chaos.audit.IncidentCheck;
import dev.noether.lab.chaos.load.LoadOptions;
import java.util.List;
import java.util.Map;

/**
 * The result of a soak.
 *
 * @param seconds its length
 * @param load the steady load
 * @param machine the machine
 * @param models models that were announced
 * @param restarts how often each service was started again, faults included
 * @param delivery whether each record has its outcome
 * @param incidents whether each incident was opened once
 * @param trends the course of each resource
 * @param samples all samples
 */
public record SoakReport(
        double seconds,
        LoadOptions load,
        MachineDescription machine,
        int models,
        Map<String, Integer> restarts,
        DeliveryCheck delivery,
        IncidentCheck incidents,
        List<Trend> trends,
        List<ResourceSample> samples) {
    public SoakReport {
        trends = List.copyOf(trends);
        samples = List.copyOf(samples);
    }

    /** Whether every resource is flat, and nothing was lost or doubled. */
    public boolean isFlat() {
        return delivery.isSound()
                && incidents.doubled() + incidents.falseSilences() == 0
                && trends.stream().allMatch(Trend::isFlat);
    }
}
