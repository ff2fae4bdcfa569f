const siteMetadata = {
  title: "Catatan Dermaga",
  author: "Laut Dermaga",
  description: "Catatan dari ujung dermaga.",
  language: "id",
  siteUrl: "https://dermaga.example/catatan",
  email: "laut@dermaga.example",
};

module.exports = siteMetadata;
