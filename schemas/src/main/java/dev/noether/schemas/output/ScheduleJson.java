package dev.noether.schemas.output;

import dev.noether.schemas.ScheduleDifference;
import dev.noether.schemas.ScheduleFinding;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What scores say of a job that did not come or does not end, as JSON. */
final class ScheduleJson {
    private static final ScheduleDifference[] KINDS = ScheduleDifference.values();

    private ScheduleJson() {}

    static void write(@Nullable ScheduleFinding finding, JsonWriter out) throws IOException {
        if (finding == null) {
            out.text("scheduleFinding", null);
            return;
        }
        out.beginObject("scheduleFinding");
        out.text("feature", finding.feature());
        out.constant("kind", finding.kind());
        out.text("clock", finding.clock());
        out.time("start", finding.start());
        out.integer("shortestMillis", finding.shortestMillis());
        out.integer("longestMillis", finding.longestMillis());
        out.endObject();
    }

    static ScheduleFinding read(JsonReader in) throws IOException {
        @Nullable String feature = null;
        @Nullable ScheduleDifference kind = null;
        @Nullable String clock = null;
        long start = JsonReader.ABSENT;
        long shortest = JsonReader.ABSENT;
        long longest = JsonReader.ABSENT;
        for (String name = in.next(); name != null; name = in.next()) {
            switch (name) {
                case "feature" -> feature = in.text();
                case "kind" -> kind = in.constant(KINDS, ScheduleDifference.OTHER);
                case "clock" -> clock = in.text();
                case "start" -> start = in.time();
                case "shortestMillis" -> shortest = in.integer();
                case "longestMillis" -> longest = in.integer();
                default -> in.skip();
            }
        }
        return new ScheduleFinding(
                JsonReader.present("feature", feature),
                JsonReader.present("kind", kind),
                JsonReader.present("clock", clock),
                JsonReader.present("start", start),
                JsonReader.present("shortestMillis", shortest),
                JsonReader.present("longestMillis", longest));
    }
}
