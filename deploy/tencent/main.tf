# reasonbook on Tencent Cloud SCF, in either of two forms; see README.md.

terraform {
  required_version = ">= 1.5"
  required_providers {
    tencentcloud = {
      source = "tencentcloudstack/tencentcloud"
      # 1.83.16 is the first with tencentcloud_scf_trigger.
      version = "~> 1.83, >= 1.83.16"
    }
    local = {
      source  = "hashicorp/local"
      version = "~> 2.5"
    }
  }
}

# The credentials come from TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY.
provider "tencentcloud" {
  region = var.region
}

locals {
  zips = { for form in var.forms : form => "${var.dist}/scf-${form}.zip" }

  # SCF takes no variable without a value.
  environment = { for name, value in {
    REASONBOOK_TOKEN      = var.token
    REASONBOOK_AUTH       = var.auth
    REASONBOOK_SITE_URL   = var.site_url
    REASONBOOK_REPORT_URL = var.report_url
  } : name => value if value != "" }
}

# The provider uploads code when the path of the zip changes and does not look
# at what is in it. So it is given a copy with the checksum in its name.
resource "local_file" "zip" {
  for_each = local.zips

  source          = each.value
  filename        = "${path.module}/.upload/${each.key}-${substr(filesha256(each.value), 0, 16)}.zip"
  file_permission = "0644"
}

# The event function is for what invokes a function instead of calling an
# address: SCF: callbacks of alarms, CKafka, CLS, EventBridge. They are set up on
# the sender's side, and SCF has checked them: the function asks them no token.
resource "tencentcloud_scf_function" "event" {
  count = contains(var.forms, "event") ? 1 : 0

  name          = "${var.name}-event"
  namespace     = var.namespace
  description   = "reasonbook, event function"
  func_type     = "Event"
  runtime       = "Go1"
  handler       = "main" # the file in the zip
  zip_file      = local_file.zip["event"].filename
  mem_size      = var.memory
  timeout       = var.timeout
  environment   = local.environment
  cls_logset_id = var.cls_logset_id
  cls_topic_id  = var.cls_topic_id

  # SCF switches this off only for functions in a VPC; without it every plan
  # would show a change.
  enable_public_net = true
}

# The web function is the same program as an HTTP server, behind an address.
resource "tencentcloud_scf_function" "web" {
  count = contains(var.forms, "web") ? 1 : 0

  name          = "${var.name}-web"
  namespace     = var.namespace
  description   = "reasonbook, web function"
  func_type     = "HTTP"
  runtime       = "Go1"
  handler       = "scf_bootstrap" # the only name that SCF starts
  zip_file      = local_file.zip["web"].filename
  mem_size      = var.memory
  timeout       = var.timeout
  environment   = local.environment
  cls_logset_id = var.cls_logset_id
  cls_topic_id  = var.cls_topic_id

  enable_public_net = true
}

# The address. No sender of alerts can sign with TC3-HMAC-SHA256, which AuthType
# CAM asks for: the function checks its own token.
resource "tencentcloud_scf_trigger" "web" {
  count = contains(var.forms, "web") ? 1 : 0

  function_name = tencentcloud_scf_function.web[0].name
  namespace     = tencentcloud_scf_function.web[0].namespace
  type          = "http"
  trigger_desc = jsonencode({
    AuthType = "NONE"
    NetConfig = {
      EnableIntranet = true
      EnableExtranet = var.public
    }
  })

  # The defaults of SCF, without which every plan would show a change.
  qualifier = "$LATEST"
  enable    = "OPEN"
}

# Anybody can find the address and knock; whatever invokes the event function may
# do it too often. This bounds what that costs, and what else in the region is
# left without instances. SCF counts memory, not instances.
resource "tencentcloud_scf_reserved_concurrency_config" "event" {
  count = contains(var.forms, "event") && var.reserved_concurrency >= 0 ? 1 : 0

  function_name            = tencentcloud_scf_function.event[0].name
  namespace                = tencentcloud_scf_function.event[0].namespace
  reserved_concurrency_mem = var.reserved_concurrency * var.memory
}

resource "tencentcloud_scf_reserved_concurrency_config" "web" {
  count = contains(var.forms, "web") && var.reserved_concurrency >= 0 ? 1 : 0

  function_name            = tencentcloud_scf_function.web[0].name
  namespace                = tencentcloud_scf_function.web[0].namespace
  reserved_concurrency_mem = var.reserved_concurrency * var.memory
}

check "callers" {
  assert {
    condition     = nonsensitive(var.token != "") || var.auth == "none"
    error_message = "The function will refuse every POST: set token, or auth to \"none\" to let everybody call."
  }
}
