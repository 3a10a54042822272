package dev.noether.flink.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.apache.avro.Schema;

/** The text of an Avro schema, without its white space, so that it travels with the configuration. */
final class AvroSchemaText {
    private static final int MAX_BYTES = 1 << 20;

    private AvroSchemaText() {}

    /**
     * Returns the schema of a file, or that of a text that is a schema already.
     *
     * @param text path, relative to the folder, or a schema; the empty text stays empty
     * @throws IllegalArgumentException if the file cannot be read or is no schema; the message lacks the key
     */
    static String of(String text, Path folder) {
        if (text.isBlank()) {
            return "";
        }
        return text.stripLeading().startsWith("{") ? compact(text, "the text") : read(text, folder);
    }

    /** Whether a text is a schema. */
    static boolean isSchema(String text) {
        try {
            compact(text, "");
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String read(String path, Path folder) {
        try {
            return compact(BoundedText.read(folder.resolve(path), MAX_BYTES), path);
        } catch (NoSuchFileException e) {
            throw wrong(path, "there is no such file");
        } catch (CharacterCodingException e) {
            throw wrong(path, "it is not UTF-8 text");
        } catch (InvalidPathException e) {
            throw wrong(OptionType.displayText(path), "it is no path");
        } catch (IOException e) {
            throw wrong(path, Files.isDirectory(folder.resolve(path)) ? "it is a directory" : "" + e.getMessage());
        }
    }

    private static String compact(String text, String origin) {
        String compact;
        try {
            compact = new Schema.Parser().parse(text).toString();
        } catch (RuntimeException e) {
            // Avro throws many kinds of unchecked exceptions for a text that is no schema.
            String why = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
            throw wrong(origin, "it is no Avro schema: " + OptionType.displayText(why));
        }
        if (compact.length() > YamlShape.MAX_CHARACTERS) {
            throw wrong(
                    origin,
                    "without white space it has " + compact.length() + " characters, at most "
                            + YamlShape.MAX_CHARACTERS + " are allowed; leave out its `doc` texts");
        }
        return compact;
    }

    private static IllegalArgumentException wrong(String origin, String why) {
        return new IllegalArgumentException("must be a file with an Avro schema (got " + origin + ": " + why + ")");
    }
}
