package dev.noether.schemas.output;

import dev.noether.schemas.GateFigure;
import dev.noether.schemas.ModelIdentity;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ModelsRecord;
import dev.noether.schemas.ModelsRecordCodec;
import dev.noether.schemas.PromotionDecision;
import dev.noether.schemas.Score;
import dev.noether.schemas.ShadowComparison;
import dev.noether.schemas.TrainingRequest;
import dev.noether.schemas.TrainingRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The records of the models topic as JSON, for people and their tools; the topic itself is Avro. The property {@code
 * record} says which of them it is. Stateless; thread safe.
 */
public final class ModelsJson {
    private ModelsJson() {}

    /** Returns a record as one JSON object without line breaks, in UTF-8. */
    public static byte[] encode(ModelsRecord record) {
        try {
            JsonWriter out = new JsonWriter();
            out.begin();
            write(record, out);
            return out.end();
        } catch (IOException e) {
            throw new UncheckedIOException("a memory buffer does not fail", e);
        }
    }

    private static void write(ModelsRecord record, JsonWriter out) throws IOException {
        out.text("record", kind(record));
        out.text("detector", record.detector());
        out.time("time", ModelsRecordCodec.time(record));
        if (record instanceof ModelRelease release) {
            writeRelease(release, out);
        } else if (record instanceof PromotionDecision decision) {
            writeDecision(decision, out);
        } else if (record instanceof ShadowComparison shadow) {
            writeShadow(shadow, out);
        } else if (record instanceof TrainingRun run) {
            writeRun(run, out);
        } else if (record instanceof TrainingRequest request) {
            writeRequest(request, out);
        }
    }

    private static String kind(ModelsRecord record) {
        if (record instanceof ModelRelease) {
            return "RELEASE";
        }
        if (record instanceof PromotionDecision) {
            return "DECISION";
        }
        if (record instanceof ShadowComparison) {
            return "SHADOW";
        }
        return record instanceof TrainingRun ? "TRAINING" : "REQUEST";
    }

    private static void writeRelease(ModelRelease release, JsonWriter out) throws IOException {
        write("model", release.identity(), out);
        out.constant("stage", release.stage());
        out.time("effectiveFrom", release.effectiveFrom());
        time("effectiveTo", release.effectiveTo(), ModelRelease.NO_END, out);
        out.text("uri", release.artifact().uri());
        out.integer("bytes", release.artifact().bytes());
        out.number("quantile", release.calibration().quantile());
        out.number("threshold", release.calibration().threshold());
        out.integer("calibrationSize", release.calibration().size());
        out.beginObject("provenance");
        for (var entry : new TreeMap<>(release.provenance()).entrySet()) {
            out.text(entry.getKey(), entry.getValue());
        }
        out.endObject();
    }

    private static void writeDecision(PromotionDecision decision, JsonWriter out) throws IOException {
        out.text("outcome", outcome(decision));
        write("model", decision.facts().model(), out);
        write("champion", decision.facts().champion(), out);
        out.text("reason", decision.facts().reason());
        out.text("decidedBy", decision.facts().decidedBy());
        out.beginArray("figures");
        for (GateFigure figure : decision.facts().figures()) {
            out.beginObject();
            out.text("name", figure.name());
            out.number("challenger", figure.challenger());
            out.number("champion", figure.champion());
            out.number("limit", figure.limit());
            out.flag("isPassed", figure.isPassed());
            out.text("sentence", figure.sentence());
            out.endObject();
        }
        out.endArray();
    }

    private static String outcome(PromotionDecision decision) {
        if (decision instanceof PromotionDecision.Promoted) {
            return "PROMOTED";
        }
        if (decision instanceof PromotionDecision.Refused) {
            return "REFUSED";
        }
        if (decision instanceof PromotionDecision.Withdrawn) {
            return "WITHDRAWN";
        }
        return decision instanceof PromotionDecision.Shadowed ? "SHADOWED" : "OTHER";
    }

    private static void writeShadow(ShadowComparison shadow, JsonWriter out) throws IOException {
        out.constant("outcome", shadow.outcome());
        write("model", shadow.model(), out);
        write("champion", shadow.champion(), out);
        out.time("from", shadow.range().from());
        out.time("to", shadow.range().to());
        out.flag("isProlonged", shadow.range().isProlonged());
        out.integer("rowsCompared", shadow.rows().compared());
        out.integer("rowsUnjudged", shadow.rows().unjudged());
        out.integer("entities", shadow.rows().entities());
        out.integer("flaggedByBoth", shadow.rows().flaggedByBoth());
        out.integer("flaggedByChallenger", shadow.rows().flaggedByChallenger());
        out.integer("flaggedByChampion", shadow.rows().flaggedByChampion());
        out.integer("alarmsShared", shadow.alarms().shared());
        out.integer("alarmsOfChallengerOnly", shadow.alarms().challengerOnly());
        out.integer("alarmsOfChampionOnly", shadow.alarms().championOnly());
        out.number("alarmRatioLow", shadow.figures().alarmRatioLow());
        out.number("alarmRatioHigh", shadow.figures().alarmRatioHigh());
        out.number("rankCorrelation", shadow.figures().rankCorrelation());
        out.number("cost", shadow.figures().cost());
    }

    private static void writeRun(TrainingRun run, JsonWriter out) throws IOException {
        out.constant("cause", run.cause());
        out.constant("outcome", run.outcome());
        out.time("startedAt", run.startedAt());
        time("endedAt", run.endedAt(), TrainingRun.NOT_ENDED, out);
        out.integer("modelVersion", run.version(), Score.NO_MODEL);
        out.text("runner", run.runner());
        out.text("message", run.message());
    }

    private static void writeRequest(TrainingRequest request, JsonWriter out) throws IOException {
        out.text("requestedBy", request.requestedBy());
        time("from", request.from(), Long.MIN_VALUE, out);
        time("to", request.to(), Long.MAX_VALUE, out);
    }

    private static void write(String name, @Nullable ModelIdentity model, JsonWriter out) throws IOException {
        if (model == null) {
            out.text(name, null);
            return;
        }
        out.beginObject(name);
        out.integer("version", model.version());
        out.text("sha256", model.sha256());
        out.endObject();
    }

    private static void time(String name, long millis, long nothing, JsonWriter out) throws IOException {
        if (millis == nothing) {
            out.text(name, null);
        } else {
            out.time(name, millis);
        }
    }
}
