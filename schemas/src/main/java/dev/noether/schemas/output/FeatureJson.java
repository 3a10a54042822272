package dev.noether.schemas.output;

import dev.noether.schemas.Cause;
import dev.noether.schemas.ShapeDifference;
import dev.noether.schemas.ShapeFinding;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What scores and incidents say of single features, as JSON. */
final class FeatureJson {
    private static final ShapeDifference[] KINDS = ShapeDifference.values();

    private FeatureJson() {}

    static void writeFinding(@Nullable ShapeFinding finding, JsonWriter out) throws IOException {
        if (finding == null) {
            out.text("shapeFinding", null);
            return;
        }
        out.beginObject("shapeFinding");
        out.text("feature", finding.feature());
        out.constant("kind", finding.kind());
        out.single("deviations", finding.deviations());
        out.single("error", finding.error());
        out.integer("periodRows", finding.periodRows());
        out.integer("windowRows", finding.windowRows());
        out.integer("brokenFrom", finding.brokenFrom());
        out.integer("brokenTo", finding.brokenTo());
        out.endObject();
    }

    static ShapeFinding readFinding(JsonReader in) throws IOException {
        @Nullable String feature = null;
        @Nullable ShapeDifference kind = null;
        float deviations = Float.NaN;
        float error = Float.NaN;
        int periodRows = 0;
        int windowRows = 0;
        int brokenFrom = 0;
        int brokenTo = 0;
        for (String name = in.next(); name != null; name = in.next()) {
            switch (name) {
                case "feature" -> feature = in.text();
                case "kind" -> kind = in.constant(KINDS, ShapeDifference.OTHER);
                case "deviations" -> deviations = in.single();
                case "error" -> error = in.single();
                case "periodRows" -> periodRows = in.small(name);
                case "windowRows" -> windowRows = in.small(name);
                case "brokenFrom" -> brokenFrom = in.small(name);
                case "brokenTo" -> brokenTo = in.small(name);
                default -> in.skip();
            }
        }
        return new ShapeFinding(
                JsonReader.present("feature", feature),
                JsonReader.present("kind", kind),
                deviations,
                error,
                periodRows,
                windowRows,
                brokenFrom,
                brokenTo);
    }

    static void writeCauses(List<Cause> causes, JsonWriter out) throws IOException {
        out.beginArray("causes");
        for (Cause cause : causes) {
            out.beginObject();
            out.text("feature", cause.feature());
            out.single("deviation", cause.deviation());
            out.single("observed", cause.observed());
            out.single("expected", cause.expected());
            out.single("usualLow", cause.usualLow());
            out.single("usualHigh", cause.usualHigh());
            out.endObject();
        }
        out.endArray();
    }

    static Cause readCause(JsonReader in) throws IOException {
        @Nullable String feature = null;
        float deviation = Float.NaN;
        float observed = Float.NaN;
        float expected = Float.NaN;
        float usualLow = Float.NaN;
        float usualHigh = Float.NaN;
        for (String name = in.next(); name != null; name = in.next()) {
            switch (name) {
                case "feature" -> feature = in.text();
                case "deviation" -> deviation = in.single();
                case "observed" -> observed = in.single();
                case "expected" -> expected = in.single();
                case "usualLow" -> usualLow = in.single();
                case "usualHigh" -> usualHigh = in.single();
                default -> in.skip();
            }
        }
        return new Cause(JsonReader.present("feature", feature), deviation, observed, expected, usualLow, usualHigh);
    }
}
