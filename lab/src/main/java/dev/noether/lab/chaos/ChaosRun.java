package dev.noether.lab.chaos;

import dev.noether.cli.console.Screen;
import dev.noether.lab.bench.MachineDescription;
import dev.noether.lab.chaos.audit.RunAudit;
import dev.noether.lab.chaos.audit.ScoreComparison;
import dev.noether.lab.chaos.audit.UndisturbedRun;
import dev.noether.lab.chaos.fault.FaultKind;
import dev.noether.lab.chaos.fault.FaultPlan;
import dev.noether.lab.chaos.fault.PlannedFault;
import dev.noether.lab.chaos.service.ServiceSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One run: the services under a steady load, one fault after another, then the checks. Not thread-safe. */
public final class ChaosRun {
    private final ChaosOptions options;
    private final Path folder;
    private final Screen screen;

    /**
     * Prepares a run.
     *
     * @param folder empty folder for everything that the services write
     * @param screen receiver of one line for each fault
     */
    public ChaosRun(ChaosOptions options, Path folder, Screen screen) {
        this.options = options;
        this.folder = folder;
        this.screen = screen;
    }

    /**
     * Runs. If the services do not recover from a fault, the faults after it are left out and the report says so.
     *
     * @throws NotRecoveredException if the services do not even begin to score
     */
    public ChaosReport run() throws InterruptedException, IOException {
        List<PlannedFault> plan = FaultPlan.draw(options.faults(), options.kinds(), options.seed());
        boolean forgets = plan.stream().anyMatch(fault -> fault.kind() == FaultKind.LONG_STOP);
        ServiceSettings settings = forgets ? options.settings().withShortExpirations() : options.settings();
        screen.line("Starting broker, job manager, task manager and retrainer …");
        try (Running running = Running.start(folder.resolve("disturbed"), settings, options.load())) {
            screen.line(String.format(
                    Locale.ROOT,
                    "%d servers, an observation each %,d ms; %d faults from seed %d.",
                    options.load().hosts(),
                    options.load().stepMillis(),
                    plan.size(),
                    options.seed()));
            FaultSequence faults = new FaultSequence(plan, running, screen);
            List<String> problems = new ArrayList<>(disturb(faults));
            screen.line("Waiting for the last scores …");
            RunAudit audit = RunAudit.of(running.services(), running.load(), running.watch());
            boolean compares = options.replays() && problems.isEmpty();
            return report(faults, running, audit, compares ? compare(running, audit) : null, problems);
        }
    }

    private List<String> disturb(FaultSequence faults) throws InterruptedException, IOException {
        try {
            faults.run(options.seed());
            return List.of();
        } catch (NotRecoveredException e) {
            screen.line(String.valueOf(e.getMessage()));
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private ChaosReport report(
            FaultSequence faults,
            Running running,
            RunAudit audit,
            @Nullable ScoreComparison comparison,
            List<String> problems) {
        problems.addAll(ChaosReport.problems(audit.delivery(), audit.incidents(), comparison));
        Map<String, Integer> restarts = new TreeMap<>();
        running.services().restarts().forEach((service, count) -> restarts.put(service.title(), count));
        return new ChaosReport(
                options.seed(),
                options.load(),
                MachineDescription.here(),
                faults.results(),
                Recovery.byKind(faults.results()),
                restarts,
                audit.delivery(),
                audit.incidents(),
                comparison,
                problems);
    }

    private ScoreComparison compare(Running running, RunAudit audit) throws InterruptedException {
        screen.line(String.format(
                Locale.ROOT,
                "Scoring the same %,d records in an undisturbed run …",
                audit.observations().size()));
        try (UndisturbedRun undisturbed = UndisturbedRun.copy(running.services(), folder.resolve("undisturbed"))) {
            return ScoreComparison.of(
                    audit.observations(), audit.outcomes(), undisturbed.score(audit.observations(), running.load()));
        }
    }
}
