package dev.noether.cli.scenario;

import dev.noether.cli.fleet.FaultKind;
import dev.noether.cli.fleet.FleetSimulator;
import dev.noether.cli.fleet.LabelledFault;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.schemas.ModelRelease;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tells and checks the alarms and the told faults of the three detectors of the scenario {@code drift}. */
final class DriftReport {
    private static final double LEAST_WITHOUT = 10;
    private static final double MOST_WITH = 2;
    /** Of a Poisson distribution, about 95 % lie within so many deviations. */
    private static final double DEVIATIONS = 1.96;

    private final FleetSimulator fleet;
    private final Story story;
    private final double promised;

    /**
     * Creates the report.
     *
     * @param model a model with the budget of the detectors
     * @param fleet the fleet, for its faults
     */
    DriftReport(ModelRelease model, FleetSimulator fleet, Story story) {
        this.fleet = fleet;
        this.story = story;
        this.promised = 1 - model.calibration().quantile();
    }

    void tell(DetectorConfig renewed, DetectorConfig kept, DetectorConfig unchanged) {
        AlarmRates with = AlarmRates.read(renewed, fleet);
        AlarmRates without = AlarmRates.read(kept, fleet);
        AlarmRates control = AlarmRates.read(unchanged, fleet);
        for (DriftPhase phase : DriftPhase.values()) {
            story.tell(String.format(
                    Locale.ROOT,
                    "%s: %.2f times the budgeted alarms with model %s, %.2f without retraining, %.2f without the"
                            + " change.",
                    phase.title(),
                    ratio(with.of(phase)),
                    with.of(phase).models(),
                    ratio(without.of(phase)),
                    ratio(control.of(phase))));
            story.figure(phase + ".without", ratio(without.of(phase)));
            story.figure(phase + ".with", ratio(with.of(phase)));
            story.figure(phase + ".unchanged", ratio(control.of(phase)));
        }
        story.check(
                "Without retraining the alarm rate passes 10 times the budget",
                ratio(without.of(DriftPhase.STEP)) > LEAST_WITHOUT,
                times(without.of(DriftPhase.STEP)) + " times");
        story.check(
                "With it, it is within twice the budget after the second retraining",
                ratio(with.of(DriftPhase.AFTER_SECOND)) <= MOST_WITH,
                times(with.of(DriftPhase.AFTER_SECOND)) + " times");
        tellFaults(FaultReport.read(renewed), FaultReport.read(kept), FaultReport.read(unchanged));
    }

    /** A kind whose every fault is told without the change must be told; of the others chance decides. */
    private void tellFaults(FaultReport with, FaultReport without, FaultReport control) {
        List<LabelledFault> sure = new ArrayList<>();
        for (FaultKind kind : FaultKind.values()) {
            List<LabelledFault> all = fleet.faults().stream()
                    .filter(fault -> fault.kind() == kind)
                    .toList();
            int found = control.told(all).size();
            if (found == all.size()) {
                sure.addAll(all);
            }
            story.tell(String.format(
                    Locale.ROOT,
                    "Incidents of %s: %d; told without the change %d, with retraining %d, without retraining %d.",
                    kind.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    all.size(),
                    found,
                    with.told(all).size(),
                    without.told(all).size()));
        }
        List<LabelledFault> lost =
                sure.stream().filter(fault -> !with.isTold(fault)).toList();
        story.check(
                "With retraining no incident is lost, of the kinds that are always told without the change",
                lost.isEmpty(),
                lost.isEmpty() ? "all " + sure.size() + " are told" : "lost: " + lost);
        story.figure("incidents.sure", sure.size());
        story.figure("incidents.lost", lost.size());
    }

    private double ratio(AlarmRates.Count count) {
        return count.alarms() / (promised * count.rows());
    }

    private String times(AlarmRates.Count count) {
        double expected = promised * count.rows();
        double deviation = DEVIATIONS * Math.sqrt(count.alarms()) / expected;
        return String.format(
                Locale.ROOT,
                "%.2f ± %.2f (%d alarms, %.0f promised)",
                ratio(count),
                deviation,
                count.alarms(),
                expected);
    }
}
