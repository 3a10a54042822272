package dev.noether.schemas.output;

import dev.noether.schemas.Score;
import dev.noether.schemas.ShadowScore;
import dev.noether.schemas.Verdict;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What a challenger says of an observation, as JSON. */
final class ShadowJson {
    private static final Verdict[] VERDICTS = Verdict.values();

    private ShadowJson() {}

    static void write(@Nullable ShadowScore shadow, JsonWriter out) throws IOException {
        if (shadow == null) {
            out.text("shadow", null);
            return;
        }
        out.beginObject("shadow");
        out.integer("modelVersion", shadow.modelVersion());
        out.text("modelHash", shadow.modelHash());
        out.constant("verdict", shadow.verdict());
        out.number("pValue", shadow.pValue());
        out.endObject();
    }

    static ShadowScore read(JsonReader in) throws IOException {
        long version = Score.NO_MODEL;
        @Nullable String hash = null;
        @Nullable Verdict verdict = null;
        double pValue = Double.NaN;
        for (String name = in.next(); name != null; name = in.next()) {
            switch (name) {
                case "modelVersion" -> version = in.integer(Score.NO_MODEL);
                case "modelHash" -> hash = in.text();
                case "verdict" -> verdict = in.constant(VERDICTS, null);
                case "pValue" -> pValue = in.number();
                default -> in.skip();
            }
        }
        return new ShadowScore(
                version, JsonReader.present("modelHash", hash), JsonReader.present("verdict", verdict), pValue);
    }
}
