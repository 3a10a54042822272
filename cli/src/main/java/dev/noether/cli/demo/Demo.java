package dev.noether.cli.demo;

import dev.noether.cli.console.BadUseException;
import dev.noether.cli.console.Screen;
import dev.noether.cli.stack.EmbeddedRetraining;
import dev.noether.cli.stack.JobMetrics;
import dev.noether.cli.stack.LocalStack;
import dev.noether.cli.stack.RetrainingScheduler;
import dev.noether.cli.stream.ObservationPublisher;
import dev.noether.cli.stream.Pace;
import dev.noether.cli.stream.RowCursor;
import dev.noether.cli.stream.Workload;
import dev.noether.cli.verify.Ledger;
import dev.noether.cli.verify.OutcomeAudit;
import dev.noether.cli.verify.OutcomeTail;
import dev.noether.cli.verify.ToldIncidents;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.job.RetrainingException;
import dev.noether.flink.release.ReleaseTopic;
import dev.noether.flink.release.TopicTail;
import dev.noether.flink.retrain.TrainingRange;
import dev.noether.schemas.ModelRelease;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of the demonstration: the stack is started, a history sent, a model trained on it, live rows sent and scored, the
 * model trained anew and swapped meanwhile, and at the end everything is counted. Not thread-safe.
 */
public final class Demo {
    private static final Logger LOG = LoggerFactory.getLogger(Demo.class);
    private static final String SENT_BEFORE = "demo.txt";
    /**
     * Where in the live part the retraining starts, and where the rows wait until the new model is loaded. Early: a model
     * trained on incidents that nobody has taken out takes them for normal.
     */
    private static final double RETRAINING_AT = 0.1;

    private static final double NEW_MODEL_AT = 0.2;
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration MODEL_PATIENCE = Duration.ofMinutes(3);
    private static final Duration SCORE_PATIENCE = Duration.ofSeconds(45);

    private final DemoOptions options;
    private final WorkloadChoice choice;
    private final Screen screen;
    private final Ledger ledger = new Ledger();
    private long sent;
    private int liveRows;
    private long liveStartNanos;

    /** Makes a run. */
    public Demo(DemoOptions options, WorkloadChoice choice, Screen screen) {
        this.options = options;
        this.choice = choice;
        this.screen = screen;
    }

    /**
     * Runs it.
     *
     * @throws InterruptedException if it is stopped; all is closed then
     * @throws RetrainingException if there is no first model
     */
    public DemoReport run() throws InterruptedException, RetrainingException, IOException {
        Workload first = choice.after(OptionalLong.empty(), options.length());
        boolean known = checkSentBefore(first.description());
        screen.line("Starting a Kafka broker and Flink in this process …");
        DetectorConfig config = DemoDetector.config(first.features(), options, first.liveSpan());
        try (LocalStack stack = LocalStack.start(options.directory(), options.port(), config)) {
            if (options.keep() && !known) {
                Files.writeString(sentBefore(), first.description());
            }
            stack.scoring()
                    .resumedFrom()
                    .ifPresent(path -> screen.line("The scoring job goes on from " + path.getFileName() + "."));
            return run(stack, first);
        } finally {
            if (!options.keep()) {
                options.directory().delete();
            }
        }
    }

    private DemoReport run(LocalStack stack, Workload first) throws InterruptedException, RetrainingException {
        OptionalLong newest = TopicTail.newestEventTime(stack.config());
        Workload workload = choice.after(newest, options.length());
        try (OutcomeTail tail = OutcomeTail.start(stack.config(), ledger);
                ObservationPublisher publisher = new ObservationPublisher(
                        stack.config().kafka(),
                        stack.config().topics().observations(),
                        stack.config().features())) {
            JobMetrics metrics = stack.scoring().metrics();
            screen.line("Kafka listens on " + stack.config().kafka().bootstrapServers() + ". Sending "
                    + workload.description() + ".");
            sendHistory(first, newest, publisher, tail, stack);
            firstModel(stack, tail);
            try (RetrainingScheduler scheduler = new RetrainingScheduler(
                    new EmbeddedRetraining(stack.config(), TrainingRange.all()),
                    release -> screen.line(announcement(release)),
                    failure -> screen.line("A retraining failed: " + failure))) {
                sendLive(workload, publisher, scheduler, tail, stack);
                awaitOutcomes(stack, tail, "scoring what was sent");
                long swaps = metrics.swaps();
                long refused = metrics.modelsRefused();
                stack.scoring().close();
                screen.line("Counting: each observation against its score …");
                return report(stack, workload, tail, scheduler, swaps, refused);
            }
        }
    }

    /** A directory goes on with what it holds, and with nothing else. */
    private boolean checkSentBefore(String description) throws IOException {
        Path file = sentBefore();
        if (!Files.exists(file)) {
            Files.createDirectories(options.directory().root());
            return false;
        }
        String before = Files.readString(file).strip();
        if (!before.equals(description)) {
            throw new BadUseException(options.directory().root() + " holds " + before + "; it cannot go on with "
                    + description + ". Choose another directory");
        }
        return true;
    }

    private Path sentBefore() {
        return options.directory().root().resolve(SENT_BEFORE);
    }

    /** Sends the history, or what an interrupted run has left of it. */
    private void sendHistory(
            Workload workload, OptionalLong newest, ObservationPublisher publisher, OutcomeTail tail, LocalStack stack)
            throws InterruptedException {
        long sentUpTo = newest.orElse(Long.MIN_VALUE);
        List<String> entities = workload.entities();
        for (RowCursor rows = workload.history(); rows.next(); ) {
            if (rows.eventTime() > sentUpTo) {
                publisher.send(
                        entities.get(rows.entity()),
                        rows.eventTime(),
                        rows.values(),
                        ObservationPublisher.Delivery.IGNORED);
                sent++;
                if ((sent & 0xFFF) == 0) {
                    progress("history", stack, tail);
                    throwIfStopped(stack, tail);
                }
            }
        }
        publisher.flush();
    }

    private void firstModel(LocalStack stack, OutcomeTail tail) throws InterruptedException, RetrainingException {
        JobMetrics metrics = stack.scoring().metrics();
        long known = new ReleaseTopic(stack.config())
                .read().stream().mapToLong(ModelRelease::version).max().orElse(-1);
        if (known >= 1
                && await(MODEL_PATIENCE, () -> metrics.modelVersion() >= known, "loading the models", stack, tail)) {
            screen.line("Model " + known + " of the earlier run scores.");
            return;
        }
        screen.line("Training model 1 on the history of " + count(sent) + " observations …");
        ModelRelease release = new EmbeddedRetraining(stack.config(), TrainingRange.all()).run();
        screen.line(announcement(release));
        if (!await(
                MODEL_PATIENCE, () -> metrics.modelVersion() >= release.version(), "loading the model", stack, tail)) {
            throw new DemoFailedException("model " + release.version() + " was announced and not loaded within "
                    + MODEL_PATIENCE.toSeconds() + " s");
        }
    }

    private void sendLive(
            Workload workload,
            ObservationPublisher publisher,
            RetrainingScheduler scheduler,
            OutcomeTail tail,
            LocalStack stack)
            throws InterruptedException {
        JobMetrics metrics = stack.scoring().metrics();
        long wanted = metrics.modelVersion() + 1;
        Double asked = options.rate();
        double rate = asked == null ? choice.rate(workload, options.length()) : asked;
        int rows = workload.liveRows();
        Duration length = Duration.ofMillis((long) (rows / rate * 1000));
        screen.line(String.format(
                Locale.ROOT,
                "Sending %,d live observations of %d entities, %,.0f in a second; retraining after %d s.",
                rows,
                workload.entities().size(),
                rate,
                Math.round(length.toMillis() * RETRAINING_AT / 1000)));
        scheduler.start(
                Duration.ofMillis((long) (length.toMillis() * RETRAINING_AT)),
                stack.config().retraining().interval());
        boolean waited = false;
        Pace pace = new Pace(rate);
        liveStartNanos = System.nanoTime();
        for (RowCursor cursor = workload.live(); cursor.next(); ) {
            pace.await();
            if (!waited && liveRows >= NEW_MODEL_AT * rows) {
                waited = true;
                awaitRetrained(wanted, scheduler, stack, tail);
                pace.restart();
            }
            int row = liveRows;
            long now = System.nanoTime();
            publisher.send(
                    workload.entities().get(cursor.entity()),
                    cursor.eventTime(),
                    cursor.values(),
                    (partition, offset) -> ledger.put(partition, offset, row, now));
            sent++;
            liveRows++;
            progress("live", stack, tail);
            if ((liveRows & 0xFF) == 0) {
                throwIfStopped(stack, tail);
            }
        }
        publisher.flush();
    }

    private void awaitRetrained(long wanted, RetrainingScheduler scheduler, LocalStack stack, OutcomeTail tail)
            throws InterruptedException {
        JobMetrics metrics = stack.scoring().metrics();
        if (metrics.modelVersion() >= wanted) {
            return;
        }
        screen.line("The producer waits until the retrained model is loaded.");
        int failures = scheduler.failures();
        if (failures > 0) {
            scheduler.runSoon();
        }
        if (!await(
                MODEL_PATIENCE,
                () -> metrics.modelVersion() >= wanted || scheduler.failures() > failures,
                "waiting for the model",
                stack,
                tail)) {
            screen.line("It was not within " + MODEL_PATIENCE.toSeconds() + " s; the producer goes on.");
        }
    }

    private void awaitOutcomes(LocalStack stack, OutcomeTail tail, String phase) throws InterruptedException {
        long expected = OutcomeAudit.observations(stack.config());
        long seen = -1;
        while (tail.outcomes() < expected) {
            long before = seen;
            seen = tail.outcomes();
            long now = seen;
            if (before == now || !await(SCORE_PATIENCE, () -> tail.outcomes() > now, phase, stack, tail)) {
                // The audit says what is missing.
                LOG.error("Only {} of {} outcomes came; waited {} for the next one.", seen, expected, SCORE_PATIENCE);
                return;
            }
        }
    }

    private DemoReport report(
            LocalStack stack,
            Workload workload,
            OutcomeTail tail,
            RetrainingScheduler scheduler,
            long swaps,
            long refused) {
        LiveScores live = new LiveScores(ledger, liveRows);
        OutcomeAudit.Result audit = OutcomeAudit.run(stack.config(), live::add);
        Detection detection = Detection.of(
                workload,
                live,
                ToldIncidents.read(stack.config()),
                stack.config().window().rows());
        double seconds = (tail.lastLedgerNanos() - liveStartNanos) / 1e9;
        return new DemoReport(
                workload.description(),
                stack.scoring()
                        .resumedFrom()
                        .map(path -> String.valueOf(path.getFileName()))
                        .orElse(null),
                audit.observations(),
                audit.scores(),
                audit.unscored(),
                audit.unscoredReasons(),
                audit.rejected(),
                audit.missing(),
                audit.duplicated(),
                audit.unexpected(),
                audit.anomalous(),
                List.copyOf(audit.scoresByModelVersion().keySet()),
                audit.scoresByModelVersion(),
                swaps,
                refused,
                scheduler.releases(),
                scheduler.failures(),
                liveRows,
                seconds > 0 ? Math.round(tail.ledgerRows() / seconds * 10) / 10.0 : 0,
                new DemoReport.Latency(millis(tail.latencyMillis(0.5)), millis(tail.latencyMillis(0.99))),
                "from the send of an observation until a read_committed consumer sees its score; live part only",
                startupSeconds(tail),
                Math.round(ManagementFactory.getRuntimeMXBean().getUptime() / 100.0) / 10.0,
                detection,
                machine(stack.config()));
    }

    private static @Nullable Double millis(double value) {
        return Double.isNaN(value) ? null : Math.round(value * 10) / 10.0;
    }

    private static double startupSeconds(OutcomeTail tail) {
        long firstScored = tail.firstScoredNanos();
        if (firstScored == 0) {
            return 0;
        }
        double ago = (System.nanoTime() - firstScored) / 1e9;
        return Math.round((ManagementFactory.getRuntimeMXBean().getUptime() / 1e3 - ago) * 10) / 10.0;
    }

    private static DemoReport.Machine machine(DetectorConfig config) {
        String coreType = System.getenv("OPENBLAS_CORETYPE");
        return new DemoReport.Machine(
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() >> 20,
                System.getProperty("java.vendor") + " " + System.getProperty("java.version"),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                coreType == null ? "unset" : coreType,
                config.model().engine().open().name(),
                config.parallelism());
    }

    /** Whether it became true in time; meanwhile progress is shown, and it ends early if the job or the reading does. */
    private boolean await(
            Duration patience, BooleanSupplier condition, String phase, LocalStack stack, OutcomeTail tail)
            throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            throwIfStopped(stack, tail);
            progress(phase, stack, tail);
            Thread.sleep(POLL.toMillis());
        }
        return true;
    }

    private static void throwIfStopped(LocalStack stack, OutcomeTail tail) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("stopped");
        }
        stack.scoring().check();
        Exception failure = tail.failure();
        if (failure != null) {
            throw new DemoFailedException("the scores cannot be read: " + failure.getMessage());
        }
    }

    private void progress(String phase, LocalStack stack, OutcomeTail tail) {
        JobMetrics metrics = stack.scoring().metrics();
        screen.progress(() -> {
            double seconds = (System.nanoTime() - liveStartNanos) / 1e9;
            return String.format(
                    Locale.ROOT,
                    "%-22s sent %,9d   scored %,9d   unscored %,9d   %,7.0f records/s   anomalous %,6d   model %s",
                    phase,
                    sent,
                    metrics.scored(),
                    metrics.unscored(),
                    liveStartNanos == 0 ? 0 : tail.ledgerRows() / seconds,
                    metrics.anomalous(),
                    metrics.modelVersion() < 0 ? "–" : String.valueOf(metrics.modelVersion()));
        });
    }

    private static String announcement(ModelRelease release) {
        return String.format(
                Locale.ROOT,
                "Model %d is trained and announced: threshold %.3f, in force from event time %s on.",
                release.version(),
                release.calibrationThreshold(),
                Instant.ofEpochMilli(release.effectiveFrom()));
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
