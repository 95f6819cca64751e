/** The version of this package, as it goes out in `User-Agent`. A test holds it equal to package.json. */
export const version = "0.0.0";
