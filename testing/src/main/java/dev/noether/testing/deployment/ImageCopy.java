package dev.noether.testing.deployment;

import java.util.List;

/**
 * One COPY of an {@link ImageFile}.
 *
 * @param stage the stage that the sources come from; empty for the files of the project
 * @param sources paths in the project, or absolute paths in that stage; the last part may have a {@code *}
 * @param target a path in the image
 */
public record ImageCopy(String stage, List<String> sources, String target) {
    /** The folder of the stages in which the project is built. */
    private static final String BUILD_FOLDER = "/src/";

    public ImageCopy {
        sources = List.copyOf(sources);
    }

    /** A source as a path in the project: what a stage builds lies where the same build on this machine puts it. */
    public static String inProject(String source) {
        return source.startsWith(BUILD_FOLDER) ? source.substring(BUILD_FOLDER.length()) : source;
    }

    /** The path that a source has in the image: below the target if that is a folder for several. */
    public String targetOf(String source) {
        return target.endsWith("/") ? target + source.substring(source.lastIndexOf('/') + 1) : target;
    }
}
