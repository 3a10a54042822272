package dev.noether.console.api;

import dev.noether.console.http.HttpReply;
import dev.noether.console.http.JsonText;
import dev.noether.console.http.QueryParameters;
import dev.noether.console.store.ConsoleStore;
import dev.noether.console.store.ModelsBatch;
import dev.noether.console.store.StoreTimes;
import dev.noether.flink.release.ModelCard;
import dev.noether.flink.release.ModelsTopicContent;
import dev.noether.flink.release.ReleaseTimeline;
import dev.noether.flink.release.ReleaseTopic;
import dev.noether.schemas.GateFigure;
import dev.noether.schemas.IncidentPeak;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ModelsRecord;
import dev.noether.schemas.ModelsRecordCodec;
import dev.noether.schemas.PromotionDecision;
import dev.noether.schemas.ReleaseStage;
import dev.noether.schemas.TrainingRun;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The answers about models. Thread safe. */
final class ModelAnswers {
    private static final String CONFIG = "config";
    private static final int MOST = 200;
    private static final Map<String, String> COMMANDS = commands();

    private final ConsoleStore store;
    private final String detector;
    private volatile @Nullable Known known;

    /** What the topic says at one revision. */
    private record Known(long revision, ModelsTopicContent content, List<TrainingRun> trainings) {}

    ModelAnswers(ConsoleStore store, String detector) {
        this.store = store;
        this.detector = detector;
    }

    private static Map<String, String> commands() {
        Map<String, String> commands = new TreeMap<>();
        commands.put("List all models, also refused ones", "./noether models list --config FILE");
        commands.put("Compare two models", "./noether models diff VERSION VERSION --config FILE");
        commands.put("Show a model with all its figures", "./noether models show VERSION --config FILE");
        commands.put(
                "Let another model score from now on", "./noether models promote VERSION --config FILE --reason TEXT");
        commands.put("Withdraw the model in force", "./noether models rollback --config FILE --reason TEXT");
        commands.put("Train now", "./noether retrain --config FILE");
        return Collections.unmodifiableMap(commands);
    }

    private Known known() {
        long revision = store.read(ModelsBatch::revision);
        Known last = known;
        if (last == null || last.revision() != revision) {
            last = decoded(revision, store.read(ModelsBatch::read));
            known = last;
        }
        return last;
    }

    private Known decoded(long revision, List<ModelsBatch.Entry> entries) {
        ModelsRecordCodec codec = new ModelsRecordCodec();
        List<ModelsRecord> records = new ArrayList<>();
        List<TrainingRun> trainings = new ArrayList<>();
        for (ModelsBatch.Entry entry : entries) {
            try {
                ModelsRecord record = codec.decode(entry.value());
                records.add(record);
                if (record instanceof TrainingRun run) {
                    // A training is told at its start and at its end.
                    trainings.removeIf(other -> other.startedAt() == run.startedAt());
                    trainings.add(run);
                }
            } catch (MalformedRecordException e) {
                throw new IllegalStateException("the follower stores only records that it can read", e);
            }
        }
        Collections.reverse(trainings);
        return new Known(
                revision,
                ReleaseTopic.content(detector, records),
                trainings.subList(0, Math.min(MOST, trainings.size())));
    }

    /** Returns the model that scores the newest event time; null if there is none. */
    @Nullable
    ModelRelease inForce() {
        List<ModelRelease> releases = known().content().releases();
        Long newest = store.find(StoreTimes::eventTime);
        return new ReleaseTimeline(releases).at(newest == null ? Long.MAX_VALUE - 1 : newest);
    }

    /** Returns the model that saw the peak of an incident; null if it is not known. */
    @Nullable
    ModelRelease find(IncidentPeak peak) {
        for (ModelRelease release : known().content().releases()) {
            String hash = peak.modelHash();
            if (release.version() == peak.modelVersion()
                    && (hash == null || hash.equals(release.identity().shortHash()))) {
                return release;
            }
        }
        return null;
    }

    /** {@code GET /api/models}. */
    HttpReply all(QueryParameters parameters) {
        Known now = known();
        ModelRelease inForce = inForce();
        List<ModelRelease> newestFirst = new ArrayList<>(now.content().releases());
        newestFirst.sort(Comparator.comparingLong(ModelRelease::version).reversed());
        List<PromotionDecision> decisions = new ArrayList<>(now.content().decisions());
        decisions.sort(Comparator.comparingLong(
                        (PromotionDecision decision) -> decision.facts().decidedAt())
                .reversed());
        return HttpReply.json(json -> {
            if (inForce == null) {
                json.nothing("inForce");
            } else {
                json.object("inForce", item -> write(item, inForce));
            }
            json.objects("models", newestFirst, this::write);
            json.objects("decisions", decisions.subList(0, Math.min(MOST, decisions.size())), ModelAnswers::decision);
            json.objects("trainings", now.trainings(), ModelAnswers::training);
            json.objects(
                    "commands",
                    COMMANDS.entrySet(),
                    (item, command) -> item.text("text", command.getKey()).text("command", command.getValue()));
        });
    }

    /** Writes the properties of a model. */
    void write(JsonText json, ModelRelease release) throws IOException {
        json.integer("version", release.version())
                .text("hash", release.identity().shortHash())
                .integerOrNull("effectiveFrom", ReleaseTimeline.mayScore(release) ? release.effectiveFrom() : null)
                .integer("announcedAt", release.announcedAt())
                .text("state", state(release));
        Map<String, String> facts = new TreeMap<>(release.provenance());
        facts.remove(CONFIG);
        List<Map.Entry<String, String>> all = new ArrayList<>(List.of(
                Map.entry("scores event times", ModelCard.times(release)),
                Map.entry(
                        "alarm threshold",
                        String.format(Locale.ROOT, "%.6g", release.calibration().threshold())),
                Map.entry(
                        "share of normal windows above it",
                        String.format(
                                Locale.ROOT, "%.3g", 1 - release.calibration().quantile())),
                Map.entry(
                        "calibrated on",
                        String.format(
                                Locale.ROOT, "%,d scores", release.calibration().size())),
                Map.entry("SHA-256", release.artifact().sha256()),
                Map.entry("file", release.artifact().uri()),
                Map.entry(
                        "size",
                        String.format(
                                Locale.ROOT, "%,d bytes", release.artifact().bytes()))));
        all.addAll(facts.entrySet());
        json.objects(
                "facts", all, (item, fact) -> item.text("name", fact.getKey()).text("value", fact.getValue()));
    }

    private String state(ModelRelease release) {
        ModelRelease inForce = inForce();
        if (inForce != null && inForce.identity().equals(release.identity())) {
            return "in force";
        }
        if (release.stage() == ReleaseStage.CHAMPION) {
            return inForce != null && release.effectiveFrom() > inForce.effectiveFrom() ? "next" : "earlier";
        }
        return switch (release.stage()) {
            case RETIRED -> "withdrawn";
            case REFUSED -> "refused";
            default -> ReleaseTimeline.isShadow(release) ? "in shadow" : "candidate";
        };
    }

    private static void decision(JsonText json, PromotionDecision decision) throws IOException {
        json.integer("time", decision.facts().decidedAt())
                .integer("version", decision.facts().model().version())
                .text("outcome", ModelCard.outcome(decision))
                .text(
                        "text",
                        decision.facts().reason() + " (by " + decision.facts().decidedBy() + ")")
                .objects("figures", decision.facts().figures(), ModelAnswers::figure);
    }

    private static void figure(JsonText json, GateFigure figure) throws IOException {
        json.text("name", figure.name())
                .number("value", figure.challenger())
                .number("champion", figure.champion())
                .number("limit", figure.limit())
                .flag("passed", figure.isPassed())
                .text("text", figure.sentence());
    }

    private static void training(JsonText json, TrainingRun run) throws IOException {
        json.integer("time", run.startedAt())
                .integerOrNull("endedAt", run.endedAt() == TrainingRun.NOT_ENDED ? null : run.endedAt())
                .constant("cause", run.cause())
                .constant("outcome", run.outcome())
                .text("text", text(run));
    }

    private static String text(TrainingRun run) {
        String message = run.message();
        return message != null
                ? message
                : run.version() > 0 ? "Model " + run.version() + " was trained." : "There is no model yet.";
    }
}
