package dev.noether.lab.chaos;

import dev.noether.lab.bench.MachineDescription;
import dev.noether.lab.chaos.audit.DeliveryCheck;
import dev.noether.lab.chaos.audit.IncidentCheck;
import dev.noether.lab.chaos.audit.ScoreComparison;
import dev.noether.lab.chaos.load.LoadOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of a run with faults.
 *
 * @param seed seed of the faults
 * @param load the steady load
 * @param machine the machine
 * @param faults the faults in their order
 * @param recovery recovery times by kind
 * @param restarts how often each service was started again
 * @param delivery whether each record has its outcome
 * @param incidents whether each incident was opened once
 * @param comparison the comparison with the undisturbed run; null if there was none
 * @param problems what went wrong, in words; empty if nothing did
 */
public record ChaosReport(
        long seed,
        LoadOptions load,
        MachineDescription machine,
        List<FaultResult> faults,
        Map<String, Recovery> recovery,
        Map<String, Integer> restarts,
        DeliveryCheck delivery,
        IncidentCheck incidents,
        @Nullable ScoreComparison comparison,
        List<String> problems) {
    /** Whether nothing was lost, doubled or changed. */
    public boolean isSound() {
        return problems.isEmpty();
    }

    /** What the checks found, in words. */
    static List<String> problems(
            DeliveryCheck delivery, IncidentCheck incidents, @Nullable ScoreComparison comparison) {
        List<String> problems = new ArrayList<>();
        add(problems, delivery.lost(), "observations have no outcome");
        add(problems, delivery.doubled(), "outcomes are doubled");
        add(problems, delivery.wrong(), "observations were rejected, or bad records scored");
        add(problems, delivery.late(), "observations counted as late, although each server sends them in order");
        add(problems, delivery.unexpected(), "outcomes belong to no record");
        add(problems, delivery.lostByTheLoad(), "observations were lost by the load itself");
        add(problems, delivery.doubledByTheLoad(), "observations were doubled by the load itself");
        add(problems, incidents.doubled(), "incidents were opened more than once");
        add(problems, incidents.withoutOpening(), "incidents were never opened");
        add(problems, incidents.falseSilences(), "incidents say that a server is silent that never was");
        if (comparison != null) {
            add(problems, comparison.otherReason(), "observations are scored in one of the two runs only");
            if (comparison.largestDifference() > ScoreComparison.TOLERANCE) {
                problems.add("a score differs from the undisturbed run by " + comparison.largestDifference());
            }
        }
        return problems;
    }

    private static void add(List<String> problems, long count, String what) {
        if (count > 0) {
            problems.add(String.format(java.util.Locale.ROOT, "%,d %s", count, what));
        }
    }
}
