package dev.noether.schemas.output;

import dev.noether.schemas.Contribution;
import dev.noether.schemas.ScheduleFinding;
import dev.noether.schemas.Score;
import dev.noether.schemas.ShadowScore;
import dev.noether.schemas.ShapeFinding;
import dev.noether.schemas.StuckFeature;
import dev.noether.schemas.UnscoredReason;
import dev.noether.schemas.Verdict;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Scores as JSON. */
final class ScoreJson extends JsonCodec<Score> {
    private static final Verdict[] VERDICTS = Verdict.values();
    private static final UnscoredReason[] REASONS = UnscoredReason.values();

    @Override
    void write(Score score, JsonWriter out) throws IOException {
        out.text("detector", score.detector());
        out.text("entity", score.entity());
        // The event time of the observation, which windowEnd exceeds by a millisecond: what most readers look for.
        out.time("time", score.eventTime());
        out.time("windowStart", score.windowStart());
        out.time("windowEnd", score.windowEnd());
        out.integer("sourcePartition", score.sourcePartition());
        out.integer("sourceOffset", score.sourceOffset());
        out.constant("verdict", score.verdict());
        out.constant("unscoredReason", score.unscoredReason());
        out.number("score", score.score());
        out.number("pValue", score.pValue());
        out.number("threshold", score.threshold());
        writeContributions(score.contributions(), out);
        out.texts("imputed", score.imputed());
        out.integer("modelVersion", score.modelVersion(), Score.NO_MODEL);
        out.number("alarmScore", score.alarmScore());
        out.text("suppressed", score.suppressed());
        writeStuck(score.stuck(), out);
        FeatureJson.writeFinding(score.shapeFinding(), out);
        out.text("modelHash", score.modelHash());
        ShadowJson.write(score.shadow(), out);
        ScheduleJson.write(score.scheduleFinding(), out);
    }

    private static void writeContributions(List<Contribution> contributions, JsonWriter out) throws IOException {
        out.beginArray("contributions");
        for (int i = 0; i < contributions.size(); i++) {
            Contribution contribution = contributions.get(i);
            out.beginObject();
            out.text("feature", contribution.feature());
            out.single("share", contribution.share());
            out.single("observed", contribution.observed());
            out.single("expected", contribution.expected());
            out.single("deviation", contribution.deviation());
            out.single("usualLow", contribution.usualLow());
            out.single("usualHigh", contribution.usualHigh());
            out.endObject();
        }
        out.endArray();
    }

    private static void writeStuck(List<StuckFeature> stuck, JsonWriter out) throws IOException {
        out.beginArray("stuck");
        for (int i = 0; i < stuck.size(); i++) {
            StuckFeature feature = stuck.get(i);
            out.beginObject();
            out.text("feature", feature.feature());
            out.integer("observations", feature.observations());
            out.number("pValue", feature.pValue());
            out.endObject();
        }
        out.endArray();
    }

    @Override
    Score read(JsonReader in) throws IOException {
        Draft draft = new Draft();
        for (String name = in.next(); name != null; name = in.next()) {
            draft.take(name, in);
        }
        return draft.score();
    }

    /** The properties that were read so far. */
    private static final class Draft {
        private @Nullable String detector;
        private @Nullable String entity;
        private long windowStart = JsonReader.ABSENT;
        private long windowEnd = JsonReader.ABSENT;
        private long partition = JsonReader.ABSENT;
        private long offset = JsonReader.ABSENT;
        private @Nullable Verdict verdict;
        private @Nullable UnscoredReason reason;
        private double score = Double.NaN;
        private double pValue = Double.NaN;
        private double threshold = Double.NaN;
        private List<Contribution> contributions = List.of();
        private List<String> imputed = List.of();
        private long modelVersion = Score.NO_MODEL;
        private double alarmScore = Double.NaN;
        private @Nullable String suppressed;
        private List<StuckFeature> stuck = List.of();
        private @Nullable ShapeFinding finding;
        private @Nullable String modelHash;
        private @Nullable ShadowScore shadow;
        private @Nullable ScheduleFinding schedule;

        void take(String name, JsonReader in) throws IOException {
            switch (name) {
                case "detector" -> detector = in.text();
                case "entity" -> entity = in.text();
                case "windowStart" -> windowStart = in.time();
                case "windowEnd" -> windowEnd = in.time();
                case "sourcePartition" -> partition = in.integer();
                case "sourceOffset" -> offset = in.integer();
                case "verdict" -> verdict = in.constant(VERDICTS, null);
                case "unscoredReason" -> reason = in.constant(REASONS, UnscoredReason.OTHER);
                case "score" -> score = in.number();
                case "pValue" -> pValue = in.number();
                case "threshold" -> threshold = in.number();
                case "contributions" -> contributions = in.items(ScoreJson::readContribution);
                case "imputed" -> imputed = in.texts();
                case "modelVersion" -> modelVersion = in.integer(Score.NO_MODEL);
                case "alarmScore" -> alarmScore = in.number();
                case "suppressed" -> suppressed = in.text();
                case "stuck" -> stuck = in.items(ScoreJson::readStuck);
                case "shapeFinding" -> finding = in.object(FeatureJson::readFinding);
                case "modelHash" -> modelHash = in.text();
                case "shadow" -> shadow = in.object(ShadowJson::read);
                case "scheduleFinding" -> schedule = in.object(ScheduleJson::read);
                default -> in.skip();
            }
        }

        Score score() {
            return new Score(
                    JsonReader.present("detector", detector),
                    JsonReader.present("entity", entity),
                    JsonReader.present("windowStart", windowStart),
                    JsonReader.present("windowEnd", windowEnd),
                    JsonReader.small("sourcePartition", partition),
                    JsonReader.present("sourceOffset", offset),
                    JsonReader.present("verdict", verdict),
                    reason,
                    score,
                    pValue,
                    threshold,
                    contributions,
                    imputed,
                    modelVersion,
                    alarmScore,
                    suppressed,
                    stuck,
                    finding,
                    modelHash,
                    shadow,
                    schedule);
        }
    }

    private static Contribution readContribution(JsonReader in) throws IOException {
        @Nullable String feature = null;
        float share = Float.NaN;
        float observed = Float.NaN;
        float expected = Float.NaN;
        float deviation = Float.NaN;
        float usualLow = Float.NaN;
        float usualHigh = Float.NaN;
        for (String name = in.next(); name != null; name = in.next()) {
            switch (name) {
                case "feature" -> feature = in.text();
                case "share" -> share = in.single();
                case "observed" -> observed = in.single();
                case "expected" -> expected = in.single();
                case "deviation" -> deviation = in.single();
                case "usualLow" -> usualLow = in.single();
                case "usualHigh" -> usualHigh = in.single();
                default -> in.skip();
            }
        }
        String present = JsonReader.present("feature", feature);
        return new Contribution(present, share, observed, expected, deviation, usualLow, usualHigh);
    }

    private static StuckFeature readStuck(JsonReader in) throws IOException {
        @Nullable String feature = null;
        long observations = JsonReader.ABSENT;
        double pValue = Double.NaN;
        for (String name = in.next(); name != null; name = in.next()) {
            switch (name) {
                case "feature" -> feature = in.text();
                case "observations" -> observations = in.integer();
                case "pValue" -> pValue = in.number();
                default -> in.skip();
            }
        }
        return new StuckFeature(
                JsonReader.present("feature", feature), JsonReader.small("observations", observations), pValue);
    }
}
