package dev.noether.flink.config;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The check of a YAML text before it becomes values: how deep it nests, how many values it has, and that no value
 * contains itself. It reads the text as a sequence of events, without recursion; what builds the values is recursive.
 */
final class YamlShape {
    static final int MAX_DEPTH = 32;
    static final int MAX_VALUES = 100_000;
    static final int MAX_CHARACTERS = 32_768;

    private final Deque<Optional<Anchor>> open = new ArrayDeque<>();
    private int values;

    private YamlShape() {}

    /**
     * Checks a text.
     *
     * @throws YamlEngineException if the text is not YAML
     * @throws IllegalArgumentException if it exceeds a limit; the message starts with the line
     */
    static void check(LoadSettings settings, String yaml) {
        YamlShape shape = new YamlShape();
        for (Event event : new Parse(settings).parseString(yaml)) {
            shape.add(event);
        }
    }

    private void add(Event event) {
        if (event instanceof CollectionEndEvent) {
            open.pop();
        }
        if (event instanceof NodeEvent node) {
            values++;
            if (values > MAX_VALUES) {
                throw refusal(event, "the file must have at most " + MAX_VALUES + " keys and values");
            }
            if (node instanceof AliasEvent && open.contains(node.getAnchor())) {
                throw refusal(
                        event,
                        "a value must not contain itself (got *"
                                + node.getAnchor().orElseThrow() + ")");
            }
            if (node instanceof ScalarEvent scalar && scalar.getValue().length() > MAX_CHARACTERS) {
                throw refusal(event, "a key or value must have at most " + MAX_CHARACTERS + " characters");
            }
            if (node instanceof CollectionStartEvent) {
                open.push(node.getAnchor());
            }
        }
        if (open.size() > MAX_DEPTH) {
            throw refusal(event, "values must be nested at most " + MAX_DEPTH + " deep");
        }
    }

    private static IllegalArgumentException refusal(Event event, String problem) {
        int line = event.getStartMark().map(Mark::getLine).orElse(0) + 1;
        return new IllegalArgumentException("line " + line + ": " + problem);
    }
}
